import 'dayjs/locale/zh-cn';
import antd from 'antd/es/locale/zh_CN';
import access from './zh-CN/access.json';
import alerts from './zh-CN/alerts.json';
import cloud from './zh-CN/cloud.json';
import common from './zh-CN/common.json';
import edge from './zh-CN/edge.json';
import energy from './zh-CN/energy.json';
import esg from './zh-CN/esg.json';
import home from './zh-CN/home.json';
import jobs from './zh-CN/jobs.json';
import ledger from './zh-CN/ledger.json';
import system from './zh-CN/system.json';
import video from './zh-CN/video.json';

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
