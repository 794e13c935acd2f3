import type { ReportLanguage } from './report-content.ts';

/** What a report says in each language; figures are filled in by who draws it. */
export interface ReportTexts {
  readonly title: string;
  readonly lot: string;
  readonly station: string;
  readonly inspection: string;
  readonly time: string;
  readonly open: string;
  readonly made: (at: string, by: string) => string;
  /** What a fact of the head is called, and it. */
  readonly fact: (name: string, value: string) => string;
  readonly both: (one: string, other: string) => string;
  /** Something and who did it, or what it is of. */
  readonly by: (what: string, who: string) => string;
  readonly ok: string;
  readonly ng: string;
  readonly refused: string;
  readonly all: string;
  readonly yield: string;
  readonly byHour: string;
  readonly pareto: string;
  readonly none: string;
  readonly unnamed: string;
  readonly defect: string;
  readonly promise: string;
  readonly version: (version: number, parts: number) => string;
  readonly limit: (threshold: string) => string;
  readonly expected: (asked: string, per1000: string, low: string, high: string) => string;
  readonly reviews: string;
  readonly rejectsReviewed: (rejects: number, wrong: number) => string;
  readonly passesReviewed: (passes: number, misses: number) => string;
  readonly parts: string;
  readonly score: (score: string, limit: string) => string;
  readonly saidGood: (by: string) => string;
  readonly saidBad: (by: string) => string;
  readonly unreviewed: string;
  readonly notKept: string;
  readonly verify: string;
  readonly verifyText: string;
  readonly page: (page: number, of: number) => string;
}

export const reportTexts: Readonly<Record<ReportLanguage, ReportTexts>> = {
  en: {
    title: 'Lot report',
    lot: 'Lot',
    station: 'Station',
    inspection: 'Inspection',
    time: 'Time',
    open: 'still open',
    made: (at, by) => `Made ${at} by ${by}`,
    fact: (name, value) => `${name}: ${value}`,
    both: (one, other) => `${one}, ${other}`,
    by: (what, who) => `${what} (${who})`,
    ok: 'OK',
    ng: 'NG',
    refused: 'Cannot be judged',
    all: 'Parts',
    yield: 'Yield',
    byHour: 'Yield by hour',
    pareto: 'What was rejected most',
    none: 'Nothing was rejected.',
    unnamed: 'without a class',
    defect: 'defect',
    promise: 'What it was judged by',
    version: (version, parts) => `Version ${version} (${parts} parts)`,
    limit: (threshold) => `limit ${threshold}`,
    expected: (asked, per1000, low, high) =>
      `at most ${asked} false rejects per 1,000 good parts asked for; ${per1000} expected, 95 % interval ${low} to ${high}`,
    reviews: 'Reviews',
    rejectsReviewed: (rejects, wrong) => `${rejects} rejected parts reviewed, ${wrong} of them wrongly rejected`,
    passesReviewed: (passes, misses) => `${passes} passed parts reviewed, ${misses} of them wrongly passed`,
    parts: 'Parts rejected, not judged or wrongly passed',
    score: (score, limit) => `score ${score}, limit ${limit}`,
    saidGood: (by) => `${by}: the part is good`,
    saidBad: (by) => `${by}: the part is bad`,
    unreviewed: 'not reviewed',
    notKept: 'no picture kept',
    verify: 'Hashes, and how to verify',
    verifyText:
      'The SHA-256 of this file is recorded in the ledger. "millwright verify ID" with the id of the finding of the report makes the report again and compares it; with the id under a part it judges the same picture again by the same model. "millwright verify --all" checks the chain that all of them stand in.',
    page: (page, of) => `Page ${page} of ${of}`,
  },
  'zh-CN': {
    title: '批次报告',
    lot: '批次',
    station: '工位',
    inspection: '检测',
    time: '时间',
    open: '尚未结束',
    made: (at, by) => `${at} 由 ${by} 生成`,
    fact: (name, value) => `${name}：${value}`,
    both: (one, other) => `${one}，${other}`,
    by: (what, who) => `${what}（${who}）`,
    ok: 'OK',
    ng: 'NG',
    refused: '无法判定',
    all: '工件数',
    yield: '良率',
    byHour: '每小时良率',
    pareto: '不良排列图',
    none: '没有不良工件。',
    unnamed: '未分类',
    defect: '缺陷',
    promise: '判定依据',
    version: (version, parts) => `版本 ${version}（${parts} 个工件）`,
    limit: (threshold) => `界限 ${threshold}`,
    expected: (asked, per1000, low, high) =>
      `要求每 1,000 个良品误判至多 ${asked} 个；预期 ${per1000} 个，95 % 置信区间 ${low} 至 ${high}`,
    reviews: '复核',
    rejectsReviewed: (rejects, wrong) => `已复核不良工件 ${rejects} 个，其中误判 ${wrong} 个`,
    passesReviewed: (passes, misses) => `已复核通过工件 ${passes} 个，其中漏检 ${misses} 个`,
    parts: '不良、无法判定和漏检的工件',
    score: (score, limit) => `得分 ${score}，界限 ${limit}`,
    saidGood: (by) => `${by}：工件合格`,
    saidBad: (by) => `${by}：工件不良`,
    unreviewed: '未复核',
    notKept: '未保留图片',
    verify: '哈希值与验证方法',
    verifyText:
      '本文件的 SHA-256 已记入账本。用报告的证据编号执行“millwright verify 编号”，将重新生成报告并比较；用工件下方的编号执行，将以同一模型重新判定同一图片。“millwright verify --all”检查它们所在的整条链。',
    page: (page, of) => `第 ${page} 页，共 ${of} 页`,
  },
  'zh-TW': {
    title: '批次報告',
    lot: '批次',
    station: '工位',
    inspection: '檢測',
    time: '時間',
    open: '尚未結束',
    made: (at, by) => `${at} 由 ${by} 產生`,
    fact: (name, value) => `${name}：${value}`,
    both: (one, other) => `${one}，${other}`,
    by: (what, who) => `${what}（${who}）`,
    ok: 'OK',
    ng: 'NG',
    refused: '無法判定',
    all: '零件數',
    yield: '良率',
    byHour: '每小時良率',
    pareto: '不良柏拉圖',
    none: '沒有不良零件。',
    unnamed: '未分類',
    defect: '缺陷',
    promise: '判定依據',
    version: (version, parts) => `版本 ${version}（${parts} 個零件）`,
    limit: (threshold) => `界限 ${threshold}`,
    expected: (asked, per1000, low, high) =>
      `要求每 1,000 個良品誤判至多 ${asked} 個；預期 ${per1000} 個，95 % 信賴區間 ${low} 至 ${high}`,
    reviews: '複核',
    rejectsReviewed: (rejects, wrong) => `已複核不良零件 ${rejects} 個，其中誤判 ${wrong} 個`,
    passesReviewed: (passes, misses) => `已複核通過零件 ${passes} 個，其中漏檢 ${misses} 個`,
    parts: '不良、無法判定和漏檢的零件',
    score: (score, limit) => `得分 ${score}，界限 ${limit}`,
    saidGood: (by) => `${by}：零件合格`,
    saidBad: (by) => `${by}：零件不良`,
    unreviewed: '未複核',
    notKept: '未保留圖片',
    verify: '雜湊值與驗證方法',
    verifyText:
      '本檔案的 SHA-256 已記入帳本。以報告的證據編號執行「millwright verify 編號」，將重新產生報告並比較；以零件下方的編號執行，將用同一模型重新判定同一圖片。「millwright verify --all」檢查它們所在的整條鏈。',
    page: (page, of) => `第 ${page} 頁，共 ${of} 頁`,
  },
};
