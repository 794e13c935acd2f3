export interface SparkplugTopic {
  readonly type: 'NBIRTH' | 'DBIRTH' | 'NDATA' | 'DDATA' | 'NDEATH' | 'DDEATH';
  readonly node: string;
  /** Empty for the node itself. */
  readonly device: string;
}

const forNodes = new Set(['NBIRTH', 'NDATA', 'NDEATH']);
const forDevices = new Set(['DBIRTH', 'DDATA', 'DDEATH']);
const commands = new Set(['NCMD', 'DCMD', 'STATE']);

/** The parts of `spBv1.0/group/type/node[/device]`; undefined for commands, which are none of ours, and `malformed` for what fits no pattern. */
export function parseTopic(topic: string): SparkplugTopic | 'command' | 'malformed' {
  const [namespace, group, type = '', node, device, ...rest] = topic.split('/');
  if (group === 'STATE' || commands.has(type)) return 'command';
  if (namespace !== 'spBv1.0' || !node || rest.length > 0) return 'malformed';
  if (device === undefined ? !forNodes.has(type) : !forDevices.has(type) || device === '') return 'malformed';
  return { type: type as SparkplugTopic['type'], node, device: device ?? '' };
}

export function filtersOf(groupId: string, nodes: readonly string[] | undefined): string[] {
  if (!nodes?.length) return [`spBv1.0/${groupId}/#`];
  return nodes.map((node) => `spBv1.0/${groupId}/+/${node}/#`);
}
