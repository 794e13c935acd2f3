/** The mark of something that can be proved: a stamped hexagon. */
export function Seal() {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
    >
      <path d="M8 1.2 14 4.6v6.8L8 14.8 2 11.4V4.6z" />
      <path d="m5.3 8.1 2 2 3.5-4" strokeLinecap="round" />
    </svg>
  );
}
