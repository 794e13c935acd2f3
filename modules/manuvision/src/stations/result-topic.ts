/** Where the result of each part is published, as JSON of a verdict. */
export const resultTopic = (stationId: string) => `millwright/stations/${stationId}/result`;

/** Live values: every verdict of every station that the reader may see. */
export const verdictsTopic = 'manuvision-verdicts:all';
