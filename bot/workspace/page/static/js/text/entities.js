// The three escapes Slack knows, and no other.

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** "&amp;lt;" becomes "&lt;": once, as Slack does. */
export const unescape = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);

export const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
