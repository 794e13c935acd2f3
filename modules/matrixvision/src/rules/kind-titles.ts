/** What each kind of rule is called, for the console and for alerts, in the languages of both. */
export const kindTitles: Readonly<Record<string, Readonly<Record<'en' | 'zh-CN' | 'zh-TW', string>>>> = {
  'camera-tampering': { en: 'Camera tampering', 'zh-CN': '摄像机异常', 'zh-TW': '攝影機異常' },
  'equipment-missing': { en: 'Protective equipment missing', 'zh-CN': '缺少防护装备', 'zh-TW': '缺少防護裝備' },
  'flame-like': { en: 'Like flame (experimental)', 'zh-CN': '疑似火焰（试验性）', 'zh-TW': '疑似火焰（實驗性）' },
  'line-crossing': { en: 'Line crossing', 'zh-CN': '越线', 'zh-TW': '越線' },
  loitering: { en: 'Loitering', 'zh-CN': '徘徊', 'zh-TW': '徘徊' },
  'near-moving-vehicle': { en: 'Close to a moving vehicle', 'zh-CN': '靠近行驶车辆', 'zh-TW': '靠近行駛中車輛' },
  'object-left': { en: 'Object left', 'zh-CN': '物品遗留', 'zh-TW': '物品遺留' },
  'object-taken': { en: 'Object taken', 'zh-CN': '物品移走', 'zh-TW': '物品遭移走' },
  occupancy: { en: 'Occupancy and crowding', 'zh-CN': '人数与拥挤', 'zh-TW': '人數與擁擠' },
  'person-down': { en: 'Person down', 'zh-CN': '人员倒地', 'zh-TW': '人員倒地' },
  running: { en: 'Running', 'zh-CN': '奔跑', 'zh-TW': '奔跑' },
  'smoke-like': { en: 'Like smoke (experimental)', 'zh-CN': '疑似烟雾（试验性）', 'zh-TW': '疑似煙霧（實驗性）' },
  'stopped-vehicle': { en: 'Stopped vehicle', 'zh-CN': '违停车辆', 'zh-TW': '違停車輛' },
  'wrong-way': { en: 'Wrong way', 'zh-CN': '逆行', 'zh-TW': '逆向' },
  'zone-absence': { en: 'Post left', 'zh-CN': '离岗', 'zh-TW': '離開崗位' },
  'zone-entry': { en: 'Zone entry', 'zh-CN': '进入区域', 'zh-TW': '進入區域' },
};
