/** `./en/notes/cloud.json` becomes `cloud`: an area brings its own file and is named nowhere else. */
export function byArea(files: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(files).map(([path, texts]) => [path.slice(path.lastIndexOf('/') + 1, -'.json'.length), texts]),
  );
}
