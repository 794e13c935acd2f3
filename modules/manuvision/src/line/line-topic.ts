/** Live values: what a station shows to the line, at each change and every second. */
export const lineTopicKind = 'manuvision-line';
export const lineTopic = (stationId: string) => `${lineTopicKind}:${stationId}`;
