import antd from 'antd/es/locale/en_US';
import access from './en/access.json';
import alerts from './en/alerts.json';
import cloud from './en/cloud.json';
import common from './en/common.json';
import edge from './en/edge.json';
import energy from './en/energy.json';
import esg from './en/esg.json';
import health from './en/health.json';
import home from './en/home.json';
import jobs from './en/jobs.json';
import labelling from './en/labelling.json';
import learning from './en/learning.json';
import ledger from './en/ledger.json';
import parts from './en/parts.json';
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
  health,
  home,
  jobs,
  labelling,
  learning,
  ledger,
  parts,
  system,
  video,
};
