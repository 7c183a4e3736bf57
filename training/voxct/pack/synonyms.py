"""Words by which a radiologist may call each finding; the app's search field matches them."""

SYNONYMS: dict[str, tuple[str, ...]] = {
    "medical_material": ("pacemaker", "port", "catheter", "sternal wires", "stent", "device"),
    "arterial_wall_calcification": ("aortic calcification", "calcified plaques of the aorta", "atheroma"),
    "cardiomegaly": ("enlarged heart", "cardiac enlargement"),
    "pericardial_effusion": ("pericardial fluid", "fluid in the pericardium"),
    "coronary_artery_wall_calcification": ("coronary calcification", "coronary plaques"),
    "hiatal_hernia": ("hiatus hernia", "sliding hernia"),
    "lymphadenopathy": ("enlarged lymph nodes", "enlarged nodes"),
    "emphysema": ("emphysematous changes", "bullae"),
    "atelectasis": ("atelectatic band", "collapse", "volume loss"),
    "lung_nodule": ("pulmonary nodule", "nodule"),
    "lung_opacity": ("ground glass opacity", "hazy opacity"),
    "pulmonary_fibrotic_sequela": ("fibrotic changes", "fibrosis", "scarring"),
    "pleural_effusion": ("pleural fluid", "hydrothorax", "effusion"),
    "mosaic_attenuation_pattern": ("mosaic pattern", "mosaic perfusion", "air trapping"),
    "peribronchial_thickening": ("bronchial wall thickening", "peribronchial cuffing"),
    "consolidation": ("airspace consolidation", "pneumonia"),
    "bronchiectasis": ("bronchial dilatation", "dilated bronchi"),
    "interlobular_septal_thickening": ("septal thickening", "septal lines"),
}
