import type { Page } from 'playwright-core';

/** What a Chinese reader meets in Latin letters anywhere: names, protocols, formats, units, keys. */
const allowed = new Set(
  [
    ...[
      'Millwright',
      'API',
      'ESG',
      'AI',
      'IANA',
      'UCUM',
      'Prometheus',
      'Authorization',
      'Bearer',
      'admin',
      'Administrator',
    ],
    ...['MVTec', 'AD', 'COCO', 'YOLO', 'Pascal', 'VOC', 'ZIP', 'XML', 'PDF', 'Bayer', 'RGGB', 'BGGR', 'GRBG', 'GBRG'],
    ...[
      'MQTT',
      'OPC',
      'UA',
      'Modbus',
      'TCP',
      'Sparkplug',
      'HTTP',
      'PLC',
      'REST',
      'SHA',
      'Broker',
      'Basic256Sha256',
      'ns',
      'GHG',
      'Protocol',
    ],
    ...[
      'CSV',
      'TSV',
      'TXT',
      'XLSX',
      'JSON',
      'PNG',
      'Excel',
      'UTF',
      'PostgreSQL',
      'PGlite',
      'TimescaleDB',
      'S3',
      'README',
    ],
    ...[
      'Ctrl',
      'Esc',
      'Enter',
      'Asia',
      'Shanghai',
      'UTC',
      'CN',
      'GD',
      'GEC',
      'REC',
      'YYYY',
      'MM',
      'DD',
      'HH',
      'ss',
      'English',
      'ISO',
    ],
    ...[
      'Wh',
      'kWh',
      'MWh',
      'GWh',
      'kW',
      'MW',
      'kvar',
      'kvarh',
      'kVA',
      'GJ',
      'TJ',
      'kg',
      'MB',
      'kB',
      'GB',
      'ms',
      'min',
      'Cel',
    ],
    ...['CO', 'CO2', 'CO2e', 'tCO2', 'tCO2e', 'kgCO2', 'kgCH4', 'kgN2O', 'CH', 'N2O', 'bar', 'SF6', 'm3'],
    ...['CPU', 'RTSP', 'RTSPS', 'HTTPS', 'UDP', 'USB', 'ONVIF', 'MP4', 'MKV', 'AVI', 'TS', 'GIF', 'dev', 'video0'],
    // File names and settings that are typed as they stand.
    ...['millwright', 'json', 'npm', 'start', 'empty', 'auto', 'never', 'tariff', 'metrics', 'api', 'bucket', 'prefix'],
    ...[
      'orion',
      'experiments',
      'MLflow',
      'endpoint',
      'postgres',
      'mqtt',
      's3',
      'disk',
      'process',
      'true',
      'required',
      'optional',
      'Forwarded',
    ],
    ...['webhook', 'smtp', 'smtps', 'TLS', 'POST', 'QoS', 'user', 'password', 'host', 'alerts', 'plant', 'example'],
    ...['ONNX', 'AP', 'PETS09', 'S2L1', 'IoU', 'off', 'tensorrt', 'cuda', 'openvino', 'coreml', 'dml', 'webgpu'],
    // Verdicts as they stand at the line in every language, and a key.
    ...['OK', 'NG', 'Shift', 'Alt', 'Delete'],
    // Words of the system that a page quotes.
    ...['connect', 'ECONNREFUSED'],
  ].map((word) => word.toLowerCase()),
);

/** Whose content is not the product's: code, what was recorded or came as it is, and parts of the component library. */
const foreign = [
  'code',
  'pre',
  'kbd',
  'script',
  'style',
  '.mono',
  '[data-raw]',
  '[role=img]',
  '.ant-input-number-handler',
];

/** Ids and hashes, and factors by their ids: `cn-grid-ets-2022`. */
const codes = /\b(?:[0-9a-f]{8,64}|[a-z]+(?:-[a-z]+)+-\d{4})\b/g;

/** Visible texts of the page that hold words in Latin letters besides the allowed ones, as `word: text`; what is inside of `besides` is not looked at. */
export async function foreignWords(page: Page, besides: readonly string[] = []): Promise<string[]> {
  const texts = await page.evaluate(
    (ignored) => {
      const isOurs = (element: Element) =>
        element.closest(ignored) === null &&
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      const found: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (node.parentElement && isOurs(node.parentElement)) found.push(node.textContent ?? '');
      for (const element of document.querySelectorAll('[aria-label], [placeholder]'))
        if (isOurs(element))
          found.push(element.getAttribute('aria-label') ?? '', element.getAttribute('placeholder') ?? '');
      return found;
    },
    [...foreign, ...besides].join(', '),
  );
  const wrong = texts.flatMap((text) => {
    const shown = text.replaceAll(codes, '');
    const word = (shown.match(/[A-Za-z][A-Za-z0-9]+/g) ?? []).find((each) => !allowed.has(each.toLowerCase()));
    return word === undefined ? [] : [`${word}: ${text.trim().slice(0, 120)}`];
  });
  return [...new Set(wrong)];
}
