/** Health in time as a small line, 0 at the bottom, 100 at the top; a gap where nothing was scored. */
export function Sparkline({ values, label }: { values: readonly (number | null)[]; label: string }) {
  const [width, height] = [120, 26];
  const step = width / Math.max(values.length - 1, 1);
  let path = '';
  let isOpen = false;
  for (const [index, value] of values.entries()) {
    if (value === null) isOpen = false;
    else {
      path += `${isOpen ? 'L' : 'M'}${(index * step).toFixed(1)} ${(height - 2 - (value / 100) * (height - 4)).toFixed(1)}`;
      isOpen = true;
    }
  }
  return (
    <svg width={width} height={height} role="img" aria-label={label}>
      <line
        x1="0"
        x2={width}
        y1={height / 2}
        y2={height / 2}
        stroke="currentColor"
        strokeWidth="0.5"
        opacity="0.3"
        strokeDasharray="3 3"
      />
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}
