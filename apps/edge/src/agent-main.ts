/** The agent’s process, started by `superviseEdge`: runs the parts of this installation until its channel closes. */
import { runAgentProcess } from './agent-process.ts';
import { edgeParts } from './parts.ts';

runAgentProcess(edgeParts);
