import { greyPlane, type Plane, resizePlane } from '@millwright/imaging';
import { OnnxGraph, openNetwork } from '@millwright/inference';
import { z } from 'zod';
import type { Inspection, InspectionKind, Judgement } from '../inspection.ts';
import { estimateByJudging } from '../probe.ts';

/** Pictures are looked at as grids of this many cells a side. */
const side = 16;

/**
 * The smallest kind there can be, for tests of what all kinds share: mean and deviation of brightness in each cell of a grid; the
 * score is the largest deviation from the mean.
 */
export const brightnessKind: InspectionKind = {
  ...{ name: 'brightness', settings: z.strictObject({}), learns: true },
  async train({ good, defects }, _settings, seed, work) {
    const [sum, squares] = [new Float64Array(side * side), new Float64Array(side * side)];
    for (const [at, part] of good.entries()) {
      work.signal.throwIfAborted();
      work.progress(at / good.length, part.name);
      for (const [cell, value] of cellsOf(greyPlane(await part.read())).entries()) {
        sum[cell]! += value / good.length;
        squares[cell]! += value ** 2 / good.length;
      }
    }
    const spread = squares.map((square, cell) => Math.sqrt(Math.max(square - sum[cell]! ** 2, 0)) + 0.02);
    const graph = new OnnxGraph('brightness');
    const cells = graph.input('cells', 'float32', [side * side]);
    const off = graph.node('Sub', [cells, graph.floats([side * side], sum)]);
    const map = graph.node('Abs', [graph.node('Div', [off, graph.floats([side * side], spread)])]);
    graph.output('map', map, 'float32', [side * side]);
    return {
      network: graph.encode(),
      card: {
        ...{ format: 1, kind: 'brightness', methodVersion: '1', seed, threshold: 4, settings: {} },
        trainedOn: { good: good.length, defects: defects.length },
      },
      attachments: { note: new TextEncoder().encode('任意字节') },
    };
  },
  estimate: (parts, settings, work) => estimateByJudging(brightnessKind, parts, settings, work),
  async open({ network, card }): Promise<Inspection> {
    const opened = await openNetwork(network, { model: 'brightness' });
    return {
      async judge(picture): Promise<Judgement> {
        const { data } = await opened.run({ dims: [side * side], data: cellsOf(greyPlane(picture)) });
        const score = Math.max(...data);
        return {
          ...{ score, verdict: score > (card.threshold ?? Infinity) ? 'ng' : 'ok', class: null, value: null },
          ...{ confidence: null, boxes: [], heatmap: { width: side, height: side, data } },
        };
      },
      close: () => opened.close(),
    };
  },
};

const cellsOf = (plane: Plane): Float32Array => resizePlane(plane, side, side).data;
