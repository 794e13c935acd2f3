import { useMemo } from 'react';
import { boxTool } from './box-tool.ts';
import { brushTool, eraserTool } from './brush-tool.ts';
import { polygonTool } from './polygon-tool.ts';
import { selectTool } from './select-tool.ts';
import type { Tool, ToolName, Workbench } from './tool.ts';

/** The tool with this name, working on what `bench` says at each moment; a new one for each choice. */
export const useDrawingTool = (name: Exclude<ToolName, 'wand'>, bench: () => Workbench): Tool =>
  useMemo(() => {
    const make = { select: selectTool, box: boxTool, polygon: polygonTool, brush: brushTool, eraser: eraserTool }[name];
    return make(bench);
  }, [name, bench]);
