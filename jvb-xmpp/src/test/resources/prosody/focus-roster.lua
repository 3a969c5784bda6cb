return {
	["focus.meet.test"] = { ["subscription"] = "from"; ["groups"] = {}; };
	[false] = { ["version"] = 1; ["pending"] = {}; };
};
