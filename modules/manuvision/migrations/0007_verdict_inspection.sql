-- A station may be given another inspection: each verdict says by which one it was judged.
alter table manuvision_verdict add column inspection_id uuid references manuvision_inspection (id);
-- Until now only the version was kept; of what stations judged before they were given another inspection nothing better is known.
update manuvision_verdict set inspection_id = station.inspection_id
  from manuvision_station station where station.id = station_id;
alter table manuvision_verdict alter column inspection_id set not null;

-- A drift is of an inspection as well: versions of two are not the same where their numbers are.
alter table manuvision_drift add column inspection_id uuid references manuvision_inspection (id);
update manuvision_drift set inspection_id = station.inspection_id
  from manuvision_station station where station.id = station_id;
alter table manuvision_drift alter column inspection_id set not null;
