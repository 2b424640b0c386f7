CREATE INDEX `placements_places` ON `placements` (`status`,`group_id`) WHERE status in ('accepted', 'booked', 'started', 'offered', 'waitlisted');
--> statement-breakpoint
-- What is kept in memory of the directory is read anew when this number has changed. A trigger misses no writer.
CREATE TABLE `directory_stamp` (
	`number` integer NOT NULL
);
--> statement-breakpoint
INSERT INTO `directory_stamp` VALUES (0);
--> statement-breakpoint
CREATE TRIGGER `directory_stamp_projects_insert` AFTER INSERT ON `projects` BEGIN UPDATE `directory_stamp` SET `number` = `number` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `directory_stamp_projects_update` AFTER UPDATE ON `projects` BEGIN UPDATE `directory_stamp` SET `number` = `number` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `directory_stamp_projects_delete` AFTER DELETE ON `projects` BEGIN UPDATE `directory_stamp` SET `number` = `number` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `directory_stamp_groups_insert` AFTER INSERT ON `groups` BEGIN UPDATE `directory_stamp` SET `number` = `number` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `directory_stamp_groups_update` AFTER UPDATE ON `groups` BEGIN UPDATE `directory_stamp` SET `number` = `number` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `directory_stamp_groups_delete` AFTER DELETE ON `groups` BEGIN UPDATE `directory_stamp` SET `number` = `number` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `directory_stamp_locations_insert` AFTER INSERT ON `locations` BEGIN UPDATE `directory_stamp` SET `number` = `number` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `directory_stamp_locations_update` AFTER UPDATE ON `locations` BEGIN UPDATE `directory_stamp` SET `number` = `number` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `directory_stamp_locations_delete` AFTER DELETE ON `locations` BEGIN UPDATE `directory_stamp` SET `number` = `number` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `directory_stamp_organisations_insert` AFTER INSERT ON `organisations` BEGIN UPDATE `directory_stamp` SET `number` = `number` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `directory_stamp_organisations_update` AFTER UPDATE ON `organisations` BEGIN UPDATE `directory_stamp` SET `number` = `number` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `directory_stamp_organisations_delete` AFTER DELETE ON `organisations` BEGIN UPDATE `directory_stamp` SET `number` = `number` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `directory_stamp_project_responses_insert` AFTER INSERT ON `project_responses` BEGIN UPDATE `directory_stamp` SET `number` = `number` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `directory_stamp_project_responses_update` AFTER UPDATE ON `project_responses` BEGIN UPDATE `directory_stamp` SET `number` = `number` + 1; END;
--> statement-breakpoint
CREATE TRIGGER `directory_stamp_project_responses_delete` AFTER DELETE ON `project_responses` BEGIN UPDATE `directory_stamp` SET `number` = `number` + 1; END;
