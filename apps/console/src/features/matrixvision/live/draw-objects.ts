import type { Palette } from '../../../app/theme/palette.ts';
import type { Frame } from './fitted-picture.ts';
import type { LiveObject } from './live-message.ts';

interface Look {
  readonly palette: Palette;
  /** Where the picture lies on the canvas, in CSS pixels. */
  readonly frame: Frame;
  readonly small: boolean;
  say(label: string): string;
}

/** Boxes with label and track number; what is only carried on is dashed. */
export function drawObjects(context: CanvasRenderingContext2D, objects: readonly LiveObject[], look: Look): void {
  const { frame, palette, small } = look;
  context.lineWidth = small ? 1.5 : 2;
  context.font = `600 ${small ? 10 : 12}px ui-sans-serif, system-ui, "Noto Sans CJK SC", sans-serif`;
  context.textBaseline = 'middle';
  for (const { track, label, state, box } of objects) {
    const color = palette.series[track % palette.series.length]!;
    const [left, top] = [frame.left + box[0] * frame.width, frame.top + box[1] * frame.height];
    context.strokeStyle = color;
    context.setLineDash(state === 'carried' ? [5, 4] : []);
    context.strokeRect(left, top, box[2] * frame.width, box[3] * frame.height);
    const text = `${look.say(label)} ${track}`;
    const [width, height] = [context.measureText(text).width + 8, small ? 14 : 17];
    const above = Math.max(frame.top, top - height);
    context.fillStyle = color;
    context.fillRect(left - context.lineWidth / 2, above, width, height);
    context.fillStyle = palette.onAccent === '#ffffff' ? '#ffffff' : '#0d1518';
    context.fillText(text, left + 4, above + height / 2 + 0.5);
  }
}
