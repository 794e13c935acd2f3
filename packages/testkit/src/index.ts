/** For tests: databases of their own, and a whole host called through its HTTP door. The plant simulator has its own door. */
export { createTestDatabase, onServer, type TestDatabase } from './database.ts';
export { expectSchemaToMatch, schemaDifferences } from './expect-schema.ts';
export {
  type Caller,
  collectLogs,
  createTestHost,
  type Method,
  type TestAnswer,
  type TestCall,
  type TestHost,
  type TestHostOptions,
  testConfig,
} from './host.ts';
export { runVerb } from './run-verb.ts';
export { TcpProxy } from './tcp-proxy.ts';
