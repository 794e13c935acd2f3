/** Door 2 of energy: the module itself and its services, for the server and for modules that may use them. */
import { cloudModule } from '@millwright/cloud/server';
import type { Host, Module } from '@millwright/kernel';
import './permissions.ts';
import { Readings } from './readings/readings.ts';
import { reportMethod } from './reports/report-method.ts';
import { reportRoutes } from './reports/routes.ts';
import { ReportService } from './reports/service.ts';

export type { ReportAnswer } from './reports/schemas.ts';
export type { ReportRequest, ReportService } from './reports/service.ts';

/** What other modules may use of energy. */
export interface EnergyServices {
  readonly reports: ReportService;
}

export const energyModule: Module<EnergyServices> = {
  name: 'energy',
  needs: ['cloud'],
  async start(host: Host) {
    const { ledger, http: app } = host;
    const cloud = host.use(cloudModule);
    const readings = new Readings(cloud.measurements);
    const reports = new ReportService({ cloud, ledger, readings });

    ledger.registerMethod(reportMethod(readings));
    reportRoutes(app, reports);
    return { services: { reports } };
  },
};
