import { createContext, type PointerEvent, use } from 'react';
import type { Point } from './picture-stage.tsx';

/** Where a pointer is, in pixels of the picture it is over. */
export type PlaceOf = (event: Pick<PointerEvent, 'clientX' | 'clientY'>) => Point;

export const StageContext = createContext<PlaceOf | undefined>(undefined);

export function useStagePlace(): PlaceOf {
  const place = use(StageContext);
  if (!place) throw new Error('a shape is drawn outside a PictureStage');
  return place;
}
