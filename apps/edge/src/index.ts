/** The agent of an edge box. */
export { readBoxState } from './box-state.ts';
export { type BoxStatus, boxStatus } from './box-status.ts';
export { agentErrors } from './errors.ts';
export { type Overrides, readOverrides, setOverride } from './overrides.ts';
export { edgeParts } from './parts.ts';
export { type EdgeEnd, type EdgeOptions, type EdgeTiming, runEdge } from './run-edge.ts';
export { type Supervised, type SuperviseOptions, superviseEdge } from './supervise.ts';
