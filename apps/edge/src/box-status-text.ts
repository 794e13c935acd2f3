import type { BoxStatus } from './box-status.ts';

/** How a box is, for a person. */
export function boxStatusText({ box, server, pid, report, problem }: BoxStatus): string {
  const lines = [
    `${box.name}  ${pid === null ? 'no agent runs' : `the agent runs (process ${pid})`}`,
    `  server ${server}: ${problem ? `${problem.code}: ${problem.message}` : 'answers'}`,
  ];
  if (!report) return [...lines, '  nothing reported yet'].join('\n');
  const { outbox, clockOffsetMs, transport } = report.health;
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  const oldest = outbox.oldest === null ? '' : `, the oldest of ${new Date(outbox.oldest).toISOString()}`;
  return [
    ...lines,
    `  as of ${new Date(report.time).toISOString()}, agent ${report.version} on ${report.platform}, by ${transport}`,
    `  ${outbox.waiting} messages wait${oldest}; ${megabytes(outbox.bytes)} of ${megabytes(outbox.budgetBytes)}`,
    `  given up for space: ${outbox.droppedMessages} messages, ${outbox.droppedFiles} files, ${megabytes(outbox.droppedBytes)}; damaged: ${outbox.damaged}`,
    `  clock ${clockOffsetMs === null ? 'not compared with the server’s yet' : `${-clockOffsetMs} ms ahead of the server’s`}`,
    ...Object.entries(report.parts).flatMap(([name, { revision, error, refused = [], figures }]) => [
      `  ${name}  revision ${revision}${error ? `  ${error.message}` : ''}  ${JSON.stringify(figures)}`,
      ...refused.map(({ reason }) => `    refused: ${reason.text}`),
    ]),
  ].join('\n');
}
