"""Programs that are no agents, whatever stands in their command lines."""

# Programs that show, search, edit or move text, or hold other people's terminals, and never build a site.
# One of them with the pattern in a file name, or in what it searches for, is a look-alike.
BYSTANDERS = frozenset(
    # Words in a text: a list of 110 strings is harder to read and to add to.
    """
    vi vim nvim vimdiff view nano pico emacs emacsclient ed ex micro helix hx joe mcedit kak code gedit
    less more most bat man info cat tac tail head nl od xxd hexdump strings
    grep egrep fgrep zgrep rg ag ack awk gawk mawk nawk sed sort uniq wc cut tr tee diff cmp comm jq fold column
    find fd locate ls tree stat file du ncdu realpath readlink basename dirname test echo printf
    watch inotifywait inotifywatch entr
    ps top htop btop atop pgrep pkill kill killall pidof lsof fuser strace ltrace gdb perf py-spy
    cp mv rm ln mkdir rmdir touch chmod chown install rsync scp sftp tar gzip gunzip zcat bzip2 xz zstd zip unzip
    git ssh mosh tmux screen script byobu journalctl logger mail sendmail crontab
        """.split()  # noqa: SIM905
)
SHELLS = frozenset(("sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "fish", "busybox"))

# What stands before a program in a shell's words, or runs another program in its own place.
PREFIXES = frozenset(
    (
        "exec",
        "command",
        "builtin",
        "env",
        "nohup",
        "setsid",
        "nice",
        "ionice",
        "time",
        "timeout",
        "stdbuf",
        "sudo",
    )
)
