/** Door `./edge` of cloud: what the agent on a box shares with the server beside schemas. */
export { type FieldOverride, type FieldPath, isBoxField, withOverrides } from './edge/document-fields.ts';
export { edgeErrors } from './edge/errors.ts';
export { sealed, unsealed } from './edge/mac.ts';
