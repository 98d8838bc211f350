"""A generated site: small, real HTML, CSS and JavaScript after its design."""

import os

from commands.demo_host.hosttools import design

OFFERS = ("Plan", "Build", "Care", "Listen", "Measure", "Repair", "Teach", "Deliver")
PARTS = ("index.html", "style.css", "script.js")


def directory(root: str, domain: str) -> str:
    """Where a site's files lie."""
    return os.path.join(root, "sites", f"{domain}-v1")


def part(domain: str, file: str) -> str:
    """The text of one of the site's `PARTS`."""
    return {"index.html": _page, "style.css": _style, "script.js": _script}[file](domain)


def _page(domain: str) -> str:
    name = design.name(domain)
    first = design.number(domain + "o", len(OFFERS))
    offers = "\n".join(_offer(name, OFFERS[(first + step) % len(OFFERS)]) for step in range(3))
    return f"""<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{name}</title>
  <link rel="stylesheet" href="style.css">
  <script src="script.js" defer></script>
</head>
<body>
  <header><a class="brand" href="/">{name}</a><nav><a href="#offers">What we do</a><a href="#contact">Contact</a></nav></header>
  <main>
    <section class="hero"><h1>{name}, made with care</h1><p>Small team, clear promises, work that lasts.</p></section>
    <section id="offers" class="grid">
{offers}
    </section>
    <blockquote>They said Tuesday, and it was Tuesday.</blockquote>
    <section id="contact"><h2>Contact</h2><p><a href="mailto:hello@{domain}">hello@{domain}</a></p></section>
  </main>
  <footer>&copy; {name}</footer>
</body>
</html>
"""


def _offer(name: str, offer: str) -> str:
    return f"      <article><h2>{offer}</h2><p>{offer} with {name}: one person to talk to, from first call to last.</p></article>"


def _style(domain: str) -> str:
    primary, ground, accent, ink = design.PALETTES[design.number(domain, len(design.PALETTES))]
    face = design.FACES[design.number(domain + "f", len(design.FACES))]
    return f""":root {{ --primary: {primary}; --ground: {ground}; --accent: {accent}; --ink: {ink}; }}
* {{ box-sizing: border-box; margin: 0; }}
body {{ background: var(--ground); color: var(--ink); font: 17px/1.6 system-ui, sans-serif; }}
h1, h2, .brand {{ font-family: "{face}", system-ui, sans-serif; font-weight: 600; line-height: 1.2; }}
header {{ display: flex; justify-content: space-between; padding: 1rem 2rem; }}
nav a {{ margin-left: 1.5rem; color: var(--ink); }}
.hero {{ background: var(--primary); color: var(--ground); padding: 6rem 2rem; }}
.hero h1 {{ font-size: 2.6rem; }}
.grid {{ display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); padding: 3rem 2rem; }}
article {{ border-top: 3px solid var(--accent); padding-top: 1rem; }}
blockquote {{ font-size: 1.4rem; padding: 2rem; }}
#contact, footer {{ padding: 2rem; }}
@media (max-width: 480px) {{ .hero {{ padding: 3rem 1rem; }} }}
"""


def _script(domain: str) -> str:
    return f"""// {domain}: the menu marks where one is.
const links = [...document.querySelectorAll("nav a")];
const seen = new IntersectionObserver((entries) => {{
  for (const entry of entries) {{
    const link = links.find((one) => one.hash === `#${{entry.target.id}}`);
    link?.toggleAttribute("aria-current", entry.isIntersecting);
  }}
}});
document.querySelectorAll("section[id]").forEach((section) => seen.observe(section));
"""
