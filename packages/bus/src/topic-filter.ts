/** MQTT 3.1.1 section 4.7. Aedes and most brokers stop at 100 levels, so the limit is kept on both paths. */
const maximumLevels = 100;
const maximumBytes = 65_535;

const fits = (text: string) =>
  text.length > 0 &&
  !text.includes('\0') &&
  Buffer.byteLength(text) <= maximumBytes &&
  text.split('/').length <= maximumLevels;

/** Whether one may publish to it: not empty, no wildcard. */
export function isTopicName(topic: string): boolean {
  return fits(topic) && !topic.includes('+') && !topic.includes('#');
}

/** Whether one may subscribe to it: wildcards fill whole levels, `#` only the last. */
export function isTopicFilter(filter: string): boolean {
  if (!fits(filter)) return false;
  const levels = filter.split('/');
  return levels.every((level, index) => {
    if (level === '#') return index === levels.length - 1;
    return level === '+' || !/[+#]/.test(level);
  });
}

/**
 * Whether a topic falls under a filter: `+` is one level (also an empty one), `#` is the level above and everything
 * below. A filter that starts with a wildcard does not match topics that start with `$` (MQTT-4.7.2-1).
 */
export function matchesTopicFilter(filter: string, topic: string): boolean {
  if (topic.startsWith('$') && (filter.startsWith('+') || filter.startsWith('#'))) return false;
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (let index = 0; index < wanted.length; index++) {
    if (wanted[index] === '#') return true;
    if (index >= levels.length) return false;
    if (wanted[index] !== '+' && wanted[index] !== levels[index]) return false;
  }
  return wanted.length === levels.length;
}
