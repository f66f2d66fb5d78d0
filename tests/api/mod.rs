//! Requests and answers over real connections: the demo site, servers that say what they are told to, and the lists that
//! requests are held to.

mod any_request;
mod authority;
mod bitbucket;
mod certificates;
mod client;
mod confluence_changes;
mod confluence_files;
mod confluence_reading;
mod demo_changes;
mod demo_jira_changes;
mod demo_lists;
mod demo_sign_in;
mod documented;
mod every_call;
mod faults;
mod first_commands;
mod jira_bulk;
mod jira_files;
mod jira_lists;
mod jira_writes;
mod jsm_commands;
mod long_lists;
mod odd_answers;
mod person;
mod proxies;
mod redirects;
mod refusals;
mod retries;
mod routes;
mod scripted;
mod sign_in_tests;
mod traces;
mod visitor;
