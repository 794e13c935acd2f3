import type { Picture } from '@millwright/imaging';
import { boundsOf, outsideBounds, outsideEdges } from './compare.ts';
import { templateOfOne } from './golden-template.ts';
import { judgeLaid, type TemplateJudgement } from './judge-picture.ts';
import { layPicture, rimOf } from './lay-picture.ts';
import { type TemplateSettings, usualEdge } from './template-settings.ts';

/** Judges a picture against the one picture of a good part that belongs to it. Deterministic. */
export function judgePair(good: Picture, picture: Picture, settings: TemplateSettings): TemplateJudgement {
  const template = templateOfOne(good, settings, settings.edge ?? usualEdge);
  const laid = layPicture(template, picture, rimOf(template));
  const outside =
    settings.classes === 'board' ? outsideEdges(template, laid.planes) : outsideBounds(boundsOf(template), laid.planes);
  return judgeLaid(template, laid, outside, picture);
}
