import { useMemo } from 'react';
import { type Calibration, fitOf, gridOf } from './ground-points.ts';

interface GroundGridProps {
  readonly calibration: Calibration;
  /** Width of the picture over its height. */
  readonly ratio: number;
}

/** The calibrated ground as a grid, in an SVG of 100·ratio by 100. */
export function GroundGrid({ calibration, ratio }: GroundGridProps) {
  const grid = useMemo(() => {
    const fit = fitOf(calibration);
    return fit && gridOf(calibration, fit);
  }, [calibration]);
  return (
    <g>
      {grid?.lines.map((line) => {
        const points = line.map(([x, y]) => `${x * 100 * ratio},${y * 100}`).join(' ');
        return (
          <g key={points} fill="none" strokeLinejoin="round">
            <polyline
              points={points}
              stroke="#0b0e10"
              strokeOpacity={0.45}
              strokeWidth={2.5}
              vectorEffect="non-scaling-stroke"
            />
            <polyline
              points={points}
              stroke="#9fe8d8"
              strokeOpacity={0.9}
              strokeWidth={1}
              vectorEffect="non-scaling-stroke"
            />
          </g>
        );
      })}
    </g>
  );
}
