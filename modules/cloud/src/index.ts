/** Door 1 of cloud: what is safe in a browser and on the edge. */
export {
  type EdgeBatch,
  type EdgeBlob,
  type EdgeCommand,
  type EdgeDesired,
  type EdgeHealth,
  type EdgeLoss,
  type EdgeMessage,
  type EdgePartReport,
  type EdgeReceipt,
  type EdgeRefused,
  type EdgeReport,
  edgeBatchSchema,
  edgeBlobSchema,
  edgeBrokerUser,
  edgeDesiredSchema,
  edgeReceiptSchema,
  edgeReportAnswerSchema,
  edgeReportSchema,
  edgeTopics,
} from './edge/contract.ts';
export type {
  EdgeApplied,
  EdgeContext,
  EdgeDocument,
  EdgePart,
  EdgeRefusal,
  EdgeSendOptions,
  RunningEdgePart,
} from './edge/edge-part.ts';
export { Quality, qualityName } from './quality.ts';
