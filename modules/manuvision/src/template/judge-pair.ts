import { greyPlane, type Picture } from '@millwright/imaging';
import { boardTemplate } from './golden-template.ts';
import { judgePicture, type TemplateJudgement } from './judge-picture.ts';
import { type TemplateSettings, usualEdge } from './template-settings.ts';

/** Judges the picture of a board against the one picture of a good one that belongs to it. */
export const judgePair = (template: Picture, test: Picture, settings: TemplateSettings): TemplateJudgement =>
  judgePicture(boardTemplate(greyPlane(template), settings, settings.edge ?? usualEdge), test);
