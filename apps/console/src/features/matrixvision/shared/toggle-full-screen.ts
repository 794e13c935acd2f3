/** Shows one element on the whole screen, or takes back what is there. */
export function toggleFullScreen(place: Element | null | undefined): void {
  // A browser that does not allow it says so itself; the page stays as it is.
  if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
  else void place?.requestFullscreen().catch(() => undefined);
}
