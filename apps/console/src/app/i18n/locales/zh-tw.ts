import 'dayjs/locale/zh-tw';
import antd from 'antd/es/locale/zh_TW';
import access from './zh-TW/access.json';
import alerts from './zh-TW/alerts.json';
import cloud from './zh-TW/cloud.json';
import common from './zh-TW/common.json';
import edge from './zh-TW/edge.json';
import energy from './zh-TW/energy.json';
import esg from './zh-TW/esg.json';
import home from './zh-TW/home.json';
import jobs from './zh-TW/jobs.json';
import ledger from './zh-TW/ledger.json';
import system from './zh-TW/system.json';
import video from './zh-TW/video.json';

export { antd };
export const texts = {
  ...common,
  access,
  alerts,
  cloud,
  edge,
  energy,
  esg,
  home,
  jobs,
  ledger,
  system,
  video,
};
