import type { ToolName } from './tool.ts';

const paths: Readonly<Record<ToolName, string>> = {
  select: 'M5 3l13 7.5-5.6 1.5 3.4 6-2.2 1.2-3.4-6L6 17.5z',
  box: 'M4 6h16v12H4z',
  polygon: 'M5 9l7-5 8 6-3 9H8z',
  brush: 'M20 4L10.5 13.5M9.5 13c-3 0-3 4-6 5 3.5 2.5 8.5 1 8.5-2.5 0-1.4-1-2.5-2.5-2.5z',
  eraser: 'M8.5 19L4 14.5 14 4.5 19.5 10 10.5 19zM9 9.5l5.5 5.5M10.5 19H20',
  wand: 'M4 20L14 10M16.5 3v3M16.5 10v3M11.5 8h3M18.5 8h3',
};

/** @param text for those who do not see it; left out where the words stand beside */
export const ToolIcon = ({ tool, text }: { tool: ToolName; text?: string }) => (
  <span className="anticon" role="img" aria-label={text} aria-hidden={text === undefined} title={text}>
    <svg
      width="1.3em"
      height="1.3em"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinejoin="round"
      strokeLinecap="round"
      focusable="false"
      aria-hidden="true"
    >
      <path d={paths[tool]} />
    </svg>
  </span>
);
