/** The agent’s process with the toy as its only part. */
import { runAgentProcess } from '../../src/agent-process.ts';
import { toyPart } from './toy-part.ts';

runAgentProcess(async () => [toyPart]);
