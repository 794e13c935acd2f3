/** `./en/notes/cloud.json` becomes `cloud`: an area brings its own file and is named nowhere else. */
export function byArea(files: Readonly<Record<string, unknown>>): Record<string, object> {
  const areas = Object.entries(files).map(([path, texts]): [string, object] => {
    const area = path.slice(path.lastIndexOf('/') + 1, -'.json'.length);
    return [area, typeof texts === 'object' && texts !== null ? texts : {}];
  });
  return Object.fromEntries(areas);
}
