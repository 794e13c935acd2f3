/** How far a version of a model has come. One version of a model is live at a time. */
export const modelStages = ['draft', 'reviewed', 'live', 'retired'] as const;
export type ModelStage = (typeof modelStages)[number];

/** What may follow what: nothing goes live that was not reviewed. */
export const nextStages: Readonly<Record<ModelStage, readonly ModelStage[]>> = {
  draft: ['reviewed', 'retired'],
  reviewed: ['live', 'draft', 'retired'],
  live: ['reviewed', 'retired'],
  retired: ['reviewed'],
};
