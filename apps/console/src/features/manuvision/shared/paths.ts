/** Addresses of what is fetched by the browser itself, with the session's cookie. */
const base = '/api/manuvision';

export const thumbnailPath = (dataset: string, picture: string): string =>
  `${base}/datasets/${dataset}/pictures/${picture}/thumbnail.jpg`;

export const picturePath = (dataset: string, picture: string): string =>
  `${base}/datasets/${dataset}/pictures/${picture}/file`;

export const tilePath = (
  dataset: string,
  picture: string,
  tile: { level: number; column: number; row: number },
): string => `${base}/datasets/${dataset}/pictures/${picture}/tiles/${tile.level}/${tile.column}/${tile.row}`;
export const exportPath = (dataset: string, format: string): string =>
  `${base}/datasets/${dataset}/export.zip?format=${format}`;

export const modelPath = (inspection: string, version: number): string =>
  `${base}/inspections/${inspection}/versions/${version}/model.onnx`;

const verdictPath = (station: string, verdict: string): string => `${base}/stations/${station}/verdicts/${verdict}`;

export const verdictPicturePath = (station: string, verdict: string): string =>
  `${verdictPath(station, verdict)}/picture`;

export const heatMapPath = (station: string, verdict: string): string => `${verdictPath(station, verdict)}/heatmap.png`;

export const lotReportPath = (station: string, lot: string, report: string): string =>
  `${base}/stations/${station}/lots/${lot}/reports/${report}`;
