import antd from 'antd/es/locale/en_US';
import access from './en/access.json';
import alerts from './en/alerts.json';
import cloud from './en/cloud.json';
import common from './en/common.json';
import edge from './en/edge.json';
import energy from './en/energy.json';
import esg from './en/esg.json';
import home from './en/home.json';
import jobs from './en/jobs.json';
import ledger from './en/ledger.json';
import system from './en/system.json';
import video from './en/video.json';

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
