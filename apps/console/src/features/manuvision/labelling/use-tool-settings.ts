import { useState } from 'react';
import type { Size } from './geometry/shape.ts';
import type { ToolName } from './tools/tool.ts';

const brushLimits = { least: 1, most: 2_000 } as const;

/** What is chosen to work with; it stays from picture to picture. */
export function useToolSettings(names: readonly string[]) {
  const [tool, setTool] = useState<ToolName>('box');
  const [asked, setClass] = useState<string>();
  const [brush, setBrush] = useState<number>();
  const [tolerance, setTolerance] = useState(24);
  return {
    ...{ tool, setTool, tolerance, setTolerance, setClass },
    className: asked ?? names[0]!,
    /** Until it is set, a fortieth of the picture's shorter side. */
    brushOf: ({ width, height }: Size) => brush ?? Math.max(3, Math.round(Math.min(width, height) / 40)),
    setBrush: (diameter: number) =>
      setBrush(Math.round(Math.min(brushLimits.most, Math.max(brushLimits.least, diameter)))),
  };
}
export type ToolSettings = ReturnType<typeof useToolSettings>;
