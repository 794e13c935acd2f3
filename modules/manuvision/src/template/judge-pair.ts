import { greyPlane, type Picture } from '@millwright/imaging';
import { outsideEdges } from './compare.ts';
import { boardTemplate } from './golden-template.ts';
import { judgeLaid, type TemplateJudgement } from './judge-picture.ts';
import { layPicture, rimOf } from './lay-picture.ts';
import { type TemplateSettings, usualEdge } from './template-settings.ts';

/** Judges the picture of a board against the one picture of a good one that belongs to it. Deterministic. */
export function judgePair(good: Picture, picture: Picture, settings: TemplateSettings): TemplateJudgement {
  const template = boardTemplate(greyPlane(good), settings, settings.edge ?? usualEdge);
  const laid = layPicture(template, picture, rimOf(template));
  return judgeLaid(template, laid, outsideEdges(template, laid.planes), picture);
}
