-- Takes back 0002_scheduler; Quartz.NET makes its rows anew when the tables are back.
DROP TABLE qrtz_job_status;
DROP TABLE qrtz_misfire_history;
DROP TABLE qrtz_execution_history;
DROP TABLE qrtz_locks;
DROP TABLE qrtz_scheduler_state;
DROP TABLE qrtz_fired_triggers;
DROP TABLE qrtz_paused_job_grps;
DROP TABLE qrtz_paused_trigger_grps;
DROP TABLE qrtz_calendars;
DROP TABLE qrtz_blob_triggers;
DROP TABLE qrtz_simprop_triggers;
DROP TABLE qrtz_cron_triggers;
DROP TABLE qrtz_simple_triggers;
DROP TABLE qrtz_triggers;
DROP TABLE qrtz_job_details;
