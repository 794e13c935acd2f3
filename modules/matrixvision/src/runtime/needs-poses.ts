import type { RulesFile } from '../rules/rules-file.ts';

/** Who lies is told by the pose, and parts of the body are found by it. */
export const needsPoses = (attributes: readonly unknown[], { rules }: RulesFile): boolean =>
  attributes.length > 0 || rules.some(({ kind, enabled }) => kind === 'person-down' && enabled);
