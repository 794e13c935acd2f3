/** Boxes of ISO base media files that lie inside of others on the way to the times. */
const containers = new Set(['moov', 'trak', 'mdia', 'moof', 'traf']);

/** Calls back for each box of a file with its type and what is in it (ISO/IEC 14496-12, 4.2), containers opened. */
function walk(view: DataView, start: number, end: number, found: (type: string, at: number) => void): void {
  for (let at = start; at + 8 <= end; ) {
    const size = view.getUint32(at);
    const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)));
    // A size of 0 reaches to the end; 1 stands before a size of 64 bits, which only the pictures themselves need.
    const next = size >= 8 ? Math.min(end, at + size) : end;
    if (containers.has(type)) walk(view, at + 8, next, found);
    else found(type, at + 8);
    at = next;
  }
}

/** Ticks a second of the first track, from the part that a player must know first. Undefined where it has none. */
export function timescaleOf(init: ArrayBuffer): number | undefined {
  const view = new DataView(init);
  let timescale: number | undefined;
  walk(view, 0, view.byteLength, (type, at) => {
    if (type === 'mdhd') timescale ??= view.getUint32(at + (view.getUint8(at) === 1 ? 20 : 12));
  });
  return timescale;
}

/** When a fragment is decoded, in ticks from media time 0. Undefined where it does not say. */
export function decodeTimeOf(fragment: ArrayBuffer): number | undefined {
  const view = new DataView(fragment);
  let time: number | undefined;
  walk(view, 0, view.byteLength, (type, at) => {
    if (type === 'tfdt') time ??= view.getUint8(at) === 1 ? Number(view.getBigUint64(at + 4)) : view.getUint32(at + 4);
  });
  return time;
}
