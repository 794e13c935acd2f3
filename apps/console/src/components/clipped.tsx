/** Text that gives way to the other columns of a list; the whole of it shows on pointing. */
export function Clipped({ text, width }: { text: string; width: number }) {
  return (
    <span className="clipped" style={{ maxWidth: width }} title={text}>
      {text}
    </span>
  );
}
