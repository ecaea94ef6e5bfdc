using AssistPortal.Web.Setup;

return await PortalHost.RunAsync(args);
