/** Chinese names of columns, kinds and units, simplified and traditional, as plants head their tables. */
const columns: Readonly<Record<string, string>> = {
  year: '年份 年度 年',
  kind: '类别 類別 种类 種類 类型 類型',
  item: '项目 項目 品种 品種',
  site: '厂区 廠區 地点 地點 场所 場所',
  quantity: '数量 數量 用量',
  unit: '单位 單位 计量单位 計量單位',
  factor: '排放因子 排放係數 因子 係數',
  calorificValue: '低位发热量 低位發熱量 热值 熱值',
  calorificUnit: '发热量单位 發熱量單位 热值单位 熱值單位',
  densityKgPerL: '密度',
  registry: '登记机构 登記機構 签发机构 簽發機構',
  vintage: '发电年份 發電年份',
  region: '地区 地區 区域 區域',
  evidence: '证明文件 證明文件 证据 證據',
  note: '备注 備註',
};
const kinds: Readonly<Record<string, string>> = {
  electricity: '电力 電力 用电 用電 外购电力 外購電力',
  certificate: '绿证 綠證 证书 憑證 绿色电力证书',
  fuel: '燃料',
  heat: '热力 熱力 蒸汽 外购热力 外購熱力',
  water: '水 用水 水资源 水資源',
  'floor-area': '建筑面积 建築面積 樓地板面積 面积 面積',
  setting: '设置 設定',
};
const units: Readonly<Record<string, string>> = {
  kWh: '千瓦时 千瓦時 度',
  MWh: '兆瓦时 兆瓦時',
  GJ: '吉焦',
  t: '吨 噸 公吨 公噸',
  kg: '千克 公斤',
  m3: '立方米 立方公尺',
  m2: '平方米 平方公尺',
  L: '升 公升',
};
const items: Readonly<Record<string, string>> = {
  'natural-gas': '天然气 天然氣',
  'liquefied-petroleum-gas': '液化石油气 液化石油氣',
  'motor-gasoline': '汽油',
  'gas-diesel-oil': '柴油',
  'residual-fuel-oil': '燃料油',
  'other-bituminous-coal': '烟煤 煙煤',
  anthracite: '无烟煤 無煙煤',
  steam: '蒸汽',
  heat: '热力 熱力',
  'hot-water': '热水 熱水',
};

const byWord = (words: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(words).flatMap(([name, said]) => said.split(' ').map((word) => [word, name] as const)));
const known = { columns: byWord(columns), kind: byWord(kinds), unit: byWord(units), item: byWord(items) };

/** The header with the names that are known put in the place of Chinese ones. */
export const columnNames = (header: readonly string[]): string[] =>
  header.map((name) => known.columns.get(name.trim()) ?? name);

/** A row's kind, unit and item likewise. */
export function plainCells(cells: Readonly<Record<string, string>>): Record<string, string> {
  const plain = { ...cells };
  for (const column of ['kind', 'unit', 'item'] as const) {
    const word = plain[column];
    if (word !== undefined) plain[column] = known[column].get(word) ?? word;
  }
  return plain;
}
