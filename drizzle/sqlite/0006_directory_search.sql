CREATE TABLE `project_facets` (
	`facet` text NOT NULL,
	`project_id` text NOT NULL,
	PRIMARY KEY(`facet`, `project_id`),
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `project_facets_project` ON `project_facets` (`project_id`);--> statement-breakpoint
CREATE TABLE `project_texts` (
	`project_id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`stamp` integer NOT NULL,
	`title` text NOT NULL,
	`words` text NOT NULL,
	`body` text NOT NULL,
	`indexed_at` text NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `project_texts_number` ON `project_texts` (`number`);--> statement-breakpoint
CREATE VIRTUAL TABLE `project_index` USING fts5(title, words, body, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4');
